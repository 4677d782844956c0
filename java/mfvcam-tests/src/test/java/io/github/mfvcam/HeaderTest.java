package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Java says once more must be what mfvcam.h says. */
@Tag("anywhere")
class HeaderTest {
  private static final Pattern CODE =
      Pattern.compile("#define (MFVCAM_E_\\w+) \\(\\(HRESULT\\)0x([0-9A-F]{8})L\\)");
  private static final Pattern EVENT = Pattern.compile("#define MFVCAM_EVENT_([A-Z_]+) (\\d+)");

  private final String header;

  HeaderTest() throws IOException {
    header =
        Files.readString(
            Path.of(System.getProperty("mfvcam.root"), "native", "include", "mfvcam.h"));
  }

  @Test
  void codesOfOurOwnHaveTheirNames() {
    Matcher code = CODE.matcher(header);
    int found = 0;
    while (code.find()) {
      int hresult = (int) Long.parseLong(code.group(2), 16);
      assertEquals(code.group(1) + " (0x" + code.group(2) + ")", HResults.describe(hresult));
      assertTrue(!HResults.advice("", hresult).isEmpty(), code.group(1) + " needs an explanation");
      found++;
    }
    assertTrue(found >= 6, found + " codes found");
  }

  @Test
  void eventsHaveTheirIds() {
    Matcher event = EVENT.matcher(header);
    int found = 0;
    while (event.find()) {
      int id = Integer.parseInt(event.group(2));
      if (event.group(1).equals("COUNT")) {
        assertEquals(MfvcamSource.Event.values().length, id);
      } else {
        assertEquals(MfvcamSource.Event.valueOf(event.group(1)).id, id);
        found++;
      }
    }
    assertEquals(MfvcamSource.Event.values().length, found);
  }

  @Test
  void identifiersAreTheSame() {
    assertEquals(guid("MFVCAM_SOURCE_CLSID"), MfvcamSource.CLASS_ID);
    assertEquals(guid("MFVCAM_EVENT_SET"), MfvcamSource.EVENT_SET);
    assertEquals(guid("MFVCAM_PROPERTY_SET"), MfvcamSource.PROPERTY_SET);
    assertTrue(header.contains("#define MFVCAM_PROPERTY_COUNTERS " + MfvcamSource.COUNTERS.id()));
  }

  private UUID guid(String name) {
    String definition = header.substring(header.indexOf("#define " + name));
    Matcher numbers = Pattern.compile("0x([0-9A-F]+)").matcher(definition);
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < 11; i++) {
      assertTrue(numbers.find());
      digits.append(numbers.group(1));
    }
    return UUID.fromString(
        digits.insert(8, '-').insert(13, '-').insert(18, '-').insert(23, '-').toString());
  }
}
