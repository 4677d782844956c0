package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mfvcam.jni.MfVirtualCamera;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The table of native/MIGRATION.md has every function, and none that does not exist. */
@Tag("anywhere")
class MigrationPageTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (.*) \\| (.*) \\| (.*) \\|$");
  private static final Pattern C_FUNCTION = Pattern.compile("`(mfvcam_\\w+)`");
  private static final Pattern JAVA_METHOD = Pattern.compile("`(\\w+)`");
  private static final Pattern DECLARATION = Pattern.compile("MFVCAM_CALL (mfvcam_\\w+)\\(");

  private final String table;

  MigrationPageTest() throws IOException {
    String page = text("MIGRATION.md");
    int begin = page.indexOf("| your call | C | flat Java |");
    assertTrue(begin >= 0, "the table is not there");
    table = page.substring(begin, page.indexOf("\n\n", begin));
  }

  private static String text(String file) throws IOException {
    return Files.readString(Path.of(System.getProperty("mfvcam.root"), "native", file))
        .replace("\r", "");
  }

  private static Set<String> names(String text, Pattern pattern) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> inColumn(int column, Pattern pattern) {
    Set<String> names = new TreeSet<>();
    Matcher row = ROW.matcher(table);
    while (row.find()) {
      names.addAll(names(row.group(column), pattern));
    }
    return names;
  }

  @Test
  void itHasEveryFunctionOfTheHeaders() throws IOException {
    assertEquals(
        names(text("include/mfvcam.h") + text("include/mfvcam_jni.h"), DECLARATION),
        inColumn(2, C_FUNCTION));
  }

  @Test
  void itHasEveryNative() {
    Set<String> natives =
        Arrays.stream(MfVirtualCamera.class.getDeclaredMethods())
            .filter(method -> Modifier.isNative(method.getModifiers()))
            .map(method -> method.getName())
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(natives, inColumn(3, JAVA_METHOD));
  }
}
