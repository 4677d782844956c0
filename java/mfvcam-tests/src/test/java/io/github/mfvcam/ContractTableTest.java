package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.SetMultimap;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** native/tests/contract.md against the tests, calls and switches there are. */
@Tag("anywhere")
class ContractTableTest {
  private static final Path ROOT = Path.of(System.getProperty("mfvcam.root"));
  private static final Path NATIVE_TESTS = ROOT.resolve("native/tests");
  private static final Path JAVA_TESTS = ROOT.resolve("java/mfvcam-tests/src/test/java");

  /** Reference, rule, and the tests of three sides. */
  private static final int COLUMNS = 5;

  private static final Pattern NATIVE_TEST =
      Pattern.compile("^TEST(?:_F|_P)?\\((\\w+),\\s*(\\w+)\\)", Pattern.MULTILINE);
  private static final Pattern SWITCH = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE);
  private static final Pattern CALL = Pattern.compile("STDMETHODCALLTYPE (\\w+)\\(");
  private static final Pattern NOT_HERE = Pattern.compile("not here: \\w.{9,}");

  private final SetMultimap<String, String> nativeTests = HashMultimap.create();
  private final SetMultimap<String, String> javaTests = HashMultimap.create();

  /** Switches that make faults or say where media sources live: no rule decides them. */
  private static final Set<String> NO_ANSWERS =
      Set.of("activation", "activation-delay", "dies-in", "hosting");

  private final Set<String> switches = new TreeSet<>();
  private final List<String> table;

  ContractTableTest() throws IOException, ClassNotFoundException {
    table = Files.readAllLines(NATIVE_TESTS.resolve("contract.md"), StandardCharsets.UTF_8);
    findNativeTests();
    try (Stream<Path> files = Files.walk(JAVA_TESTS)) {
      for (Path file : files.collect(Collectors.toList())) {
        if (file.toString().endsWith(".java")) {
          String name = JAVA_TESTS.relativize(file).toString().replaceAll("[/\\\\]", ".");
          String type = name.substring(0, name.length() - ".java".length());
          findJavaTests(Class.forName(type, false, ContractTableTest.class.getClassLoader()));
        }
      }
    }
    Matcher name = SWITCH.matcher(read(ROOT.resolve("native/simulator/README.md")));
    while (name.find()) {
      switches.add(name.group(1));
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** Those of the files that are compiled. */
  private void findNativeTests() throws IOException {
    StringBuilder built = new StringBuilder();
    try (DirectoryStream<Path> lists =
        Files.newDirectoryStream(NATIVE_TESTS, "{*.cmake,CMakeLists.txt}")) {
      for (Path list : lists) {
        built.append(read(list));
      }
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(NATIVE_TESTS, "*.cpp")) {
      for (Path file : files) {
        if (built.indexOf(file.getFileName().toString()) >= 0) {
          Matcher test = NATIVE_TEST.matcher(read(file));
          while (test.find()) {
            nativeTests.put(test.group(1), test.group(2));
          }
        }
      }
    }
  }

  /** Those that run by themselves, nested and inherited ones too. */
  private void findJavaTests(Class<?> type) {
    Tag tag = type.getAnnotation(Tag.class);
    if (type.isAnnotationPresent(Disabled.class) || (tag != null && tag.value().equals("storm"))) {
      return;
    }
    for (Method method : testsOf(type)) {
      javaTests.put(type.getSimpleName(), method.getName());
    }
  }

  private static List<Method> testsOf(Class<?> type) {
    List<Method> tests = new ArrayList<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      tests.addAll(Arrays.asList(each.getDeclaredMethods()));
    }
    tests.removeIf(
        method ->
            method.isAnnotationPresent(Disabled.class)
                || !(method.isAnnotationPresent(Test.class)
                    || method.isAnnotationPresent(ParameterizedTest.class)));
    for (Class<?> nested : type.getDeclaredClasses()) {
      tests.addAll(testsOf(nested));
    }
    return tests;
  }

  /** The cells of the first table's rows. */
  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (String line : table) {
      if (line.startsWith("## ")) {
        break;
      }
      if (line.startsWith("|")) {
        rows.add(cells(line));
      }
    }
    // The heading and the line below it.
    return rows.subList(2, rows.size());
  }

  private static List<String> cells(String line) {
    assertTrue(line.startsWith("|") && line.endsWith("|"), line);
    return Splitter.on('|').trimResults().splitToList(line.substring(1, line.length() - 1));
  }

  private List<String> mistakes(List<String> row) {
    List<String> mistakes = new ArrayList<>();
    if (row.size() != COLUMNS || row.get(1).isEmpty()) {
      mistakes.add("not a row: " + row);
      return mistakes;
    }
    if (row.subList(2, COLUMNS).stream().allMatch(cell -> NOT_HERE.matcher(cell).matches())) {
      mistakes.add("no test at all: " + row.get(1));
    }
    for (int column = 2; column < COLUMNS; column++) {
      SetMultimap<String, String> tests = column == COLUMNS - 1 ? javaTests : nativeTests;
      String suite = "";
      String cell = row.get(column);
      if (NOT_HERE.matcher(cell).matches()) {
        continue;
      }
      for (String name : Splitter.on(", ").split(cell)) {
        if (name.startsWith("S ")) {
          if (!switches.contains(name.substring(2))) {
            mistakes.add(name + " is no switch: " + row.get(1));
          }
        } else if (name.endsWith(" (all)")) {
          if (!tests.containsKey(name.substring(0, name.length() - " (all)".length()))) {
            mistakes.add(name + " is no suite: " + row.get(1));
          }
        } else {
          int point = name.indexOf('.');
          suite = point > 0 ? name.substring(0, point) : suite;
          if (point < 0 || !tests.containsEntry(suite, name.substring(point + 1))) {
            mistakes.add("\"" + name + "\" is no test of column " + column + ": " + row.get(1));
          }
        }
      }
    }
    return mistakes;
  }

  @Test
  void everyRowNamesTestsThatExist() {
    List<String> mistakes = new ArrayList<>();
    rows().forEach(row -> mistakes.addAll(mistakes(row)));

    assertEquals("", String.join("\n", mistakes));
  }

  /** In the order of the reference: the functions, the camera's methods, the sync object's. */
  @Test
  void everyCallHasItsRows() throws IOException {
    List<String> calls = new ArrayList<>();
    Matcher call = CALL.matcher(read(ROOT.resolve("native/abi/mfvirtualcamera_abi.h")));
    while (call.find()) {
      calls.add(call.group(1));
    }
    List<String> syncObject = ImmutableList.of("WaitOnSignal", "Shutdown");
    assertEquals(syncObject, calls.subList(0, 2));
    List<String> camera = calls.subList(2, calls.size() - 1);
    assertEquals("Shutdown", calls.get(calls.size() - 1));

    List<String> expected = new ArrayList<>();
    expected.add("2.1 MFCreateVirtualCamera");
    expected.add("2.2 MFIsVirtualCameraTypeSupported");
    camera.forEach(name -> expected.add("2." + (expected.size() + 1) + " " + name));
    syncObject.forEach(name -> expected.add("2.13 " + name));
    expected.addAll(ImmutableList.of("2.14 Shutdown", "2.15 states"));
    List<String> actual = new ArrayList<>();
    for (List<String> row : rows()) {
      if (!row.get(0).isEmpty()) {
        actual.add(row.get(0));
      }
    }
    assertEquals(expected, actual);
  }

  @Test
  void everySwitchIsInARowOfEachSide() {
    assertTrue(switches.size() > 10, switches::toString);
    for (int column = 2; column < COLUMNS; column++) {
      Set<String> left = new TreeSet<>(switches);
      left.removeAll(NO_ANSWERS);
      for (List<String> row : rows()) {
        for (String name : Splitter.on(", ").split(row.get(column))) {
          left.remove(name.startsWith("S ") ? name.substring(2) : "");
        }
      }
      assertEquals(Set.of(), left, "column " + column);
    }
  }

  @Test
  void whatCannotBeTestedSaysWhy() {
    int found = 0;
    for (String line : table.subList(table.indexOf("## Not testable here"), table.size())) {
      if (line.startsWith("| 2.")) {
        List<String> row = cells(line);
        assertEquals(3, row.size(), line);
        assertTrue(row.get(0).matches("2\\.\\d+") && !row.get(1).isEmpty(), line);
        assertTrue(row.get(2).length() > 10, line);
        found++;
      }
    }
    assertTrue(found > 5, found + " rows");
  }

  /** Each would be a row that has rotted. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "| | rule | CameraTest.Gone | CameraTest.UnsupportedIsSaid | HeaderTest.eventsHaveTheirIds |",
        "| | rule | CameraTest.UnsupportedIsSaid | Gone (all) | HeaderTest.eventsHaveTheirIds |",
        "| | rule | CameraTest.UnsupportedIsSaid | S gone | HeaderTest.eventsHaveTheirIds |",
        "| | rule | CameraTest.UnsupportedIsSaid | CameraTest.UnsupportedIsSaid | HeaderTest.gone |",
        "| | rule | CameraTest.UnsupportedIsSaid | CameraTest.UnsupportedIsSaid | HeaderTest.guid |",
        "| | rule | CameraTest.UnsupportedIsSaid | HeaderTest.eventsHaveTheirIds | .eventsHaveTheirIds |",
        "| | rule | CameraTest.UnsupportedIsSaid | CameraTest.UnsupportedIsSaid | |",
        "| | rule | CameraTest.UnsupportedIsSaid | CameraTest.UnsupportedIsSaid | not here: |",
        "| | rule | not here: for a reason | not here: for a reason | not here: for a reason |",
        "| | rule | CameraTest.UnsupportedIsSaid | CameraTest.UnsupportedIsSaid | StormTest.toldWhileClosing |",
        "| | rule | CameraTest.UnsupportedIsSaid | CameraTest.UnsupportedIsSaid |",
        "| | | CameraTest.UnsupportedIsSaid | CameraTest.UnsupportedIsSaid | HeaderTest.eventsHaveTheirIds |",
      })
  void aRowThatIsWrongIsNoticed(String row) {
    assertTrue(!mistakes(cells(row)).isEmpty(), row);
  }

  @Test
  void aRowThatIsRightIsTaken() {
    String row =
        "| | rule | CameraTest.UnsupportedIsSaid, .ShutdownOnceHoweverItEnds | S before-start,"
            + " SimulatorBridge (all) | HeaderTest.eventsHaveTheirIds, CameraSyncObjectTest.closingEndsIt"
            + " |";
    assertEquals(ImmutableList.of(), mistakes(cells(row)));
  }
}
