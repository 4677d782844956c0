package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The constants of Windows' own events and properties, against tables of Microsoft's headers. */
@Tag("anywhere")
class KsConstantsTest {
  /** Name to "set" or "set id". */
  private static Map<String, String> table(String file) throws IOException {
    try (Reader stream =
            new InputStreamReader(
                KsConstantsTest.class.getResourceAsStream(file), StandardCharsets.UTF_8);
        BufferedReader lines = new BufferedReader(stream)) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(", *", 2))
          .collect(
              Collectors.toMap(
                  columns -> columns[0],
                  columns -> columns[1].replace(",", "").trim().toLowerCase(Locale.ROOT),
                  (a, b) -> a + " and " + b,
                  TreeMap::new));
    }
  }

  private static Map<String, String> constants(Class<?> type, Function<Object, String> text)
      throws IllegalAccessException {
    Map<String, String> constants = new TreeMap<>();
    for (Field field : type.getFields()) {
      assertEquals(Modifier.FINAL, field.getModifiers() & Modifier.FINAL, field.getName());
      constants.put(field.getName(), text.apply(field.get(null)));
    }
    return constants;
  }

  @Test
  void eventsAreThoseOfTheHeaders() throws IOException, IllegalAccessException {
    assertEquals(
        table("ks-events.csv"),
        constants(
            KsEvents.class,
            constant -> {
              if (!(constant instanceof KsEvent)) {
                return constant.toString();
              }
              KsEvent event = (KsEvent) constant;
              assertEquals(KsEvent.Mode.ENABLE, event.mode());
              return event.set() + " " + event.id();
            }));
  }

  @Test
  void propertiesAreThoseOfTheHeaders() throws IOException, IllegalAccessException {
    assertEquals(
        table("ks-properties.csv"),
        constants(
            KsProperties.class,
            constant ->
                constant instanceof KsProperty
                    ? ((KsProperty) constant).set() + " " + ((KsProperty) constant).id()
                    : constant.toString()));
  }

  @Test
  void anEventCanBeHadInTheOtherMode() {
    KsEvent once = KsEvents.CAMERA_ASYNC_CONTROL_ZOOM.withMode(KsEvent.Mode.ONESHOT);

    assertEquals(KsEvent.of(KsEvents.CAMERA_ASYNC_CONTROL_SET, 1, KsEvent.Mode.ONESHOT), once);
  }
}
