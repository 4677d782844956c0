package io.github.mfvcam;

import static com.google.common.base.Preconditions.checkState;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableMap;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What each method of a class does in each state of its objects, as a table of words. Every cell
 * has an object of its own. The row {@code (is)} says what the object is found to be; a word after
 * {@code >} is what the call has left it as, where that is another.
 */
final class LifecycleTable {
  /** Puts an object into a state. */
  @FunctionalInterface
  interface State {
    void make(Scene scene) throws Exception;
  }

  /** Calls a method of the scene's object. */
  @FunctionalInterface
  interface Call {
    Object on(Scene scene) throws Exception;
  }

  /** What the table says for a code, and the exception that goes with it. */
  private static final ImmutableMap<String, String> WORDS =
      ImmutableMap.<String, String>builder()
          .put("CameraShutDownException MF_E_SHUTDOWN", "shut down")
          .put("CameraLostException MFVCAM_E_CAMERA_LOST", "lost")
          .put("IllegalStateException MFVCAM_E_WAIT_MIXED", "mixed")
          .put("IllegalStateException MFVCAM_E_SPENT", "spent")
          .put("IllegalStateException MFVCAM_E_SOURCE_TAKEN", "taken")
          .put("VirtualCameraException MF_E_INVALIDREQUEST", "not started")
          .put("VirtualCameraException MF_E_NOT_FOUND", "no camera")
          .put("VirtualCameraException MF_E_VIDEO_RECORDING_DEVICE_INVALIDATED", "ended")
          .put("VirtualCameraException MF_E_ATTRIBUTENOTFOUND", "no key")
          .put("VirtualCameraException E_HANDLE", "no handle")
          .put("VirtualCameraException E_INVALIDARG", "refused")
          .put("VirtualCameraException ERROR_TOO_MANY_POSTS", "full")
          .buildOrThrow();

  private final Map<String, State> states = new LinkedHashMap<>();
  private final Map<String, Call> calls = new LinkedHashMap<>();
  private final Call probe;

  /**
   * @param probe gives the state of an object; may change it
   */
  LifecycleTable(Call probe) {
    this.probe = probe;
  }

  LifecycleTable state(String name, State state) {
    checkState(states.put(name, state) == null, "%s is there twice", name);
    return this;
  }

  /**
   * @param method the method's name, with its parameters' types if there are several of that name
   */
  LifecycleTable call(String method, Call call) {
    checkState(calls.put(method, call) == null, "%s is there twice", method);
    return this;
  }

  /** Fails if the table leaves a method out. */
  LifecycleTable hasAllOf(Method... methods) {
    List<Method> instanceMethods =
        Arrays.stream(methods)
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
            .collect(Collectors.toList());
    TreeSet<String> names = new TreeSet<>();
    for (Method method : instanceMethods) {
      boolean overloaded =
          instanceMethods.stream().filter(m -> m.getName().equals(method.getName())).count() > 1;
      names.add(
          overloaded
              ? Arrays.stream(method.getParameterTypes())
                  .map(Class::getSimpleName)
                  .collect(Collectors.joining(", ", method.getName() + "(", ")"))
              : method.getName());
    }
    assertEquals(names, new TreeSet<>(calls.keySet()), "the methods of the table");
    return this;
  }

  /** Makes every call in every state. */
  void is(String... expected) {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>();
    header.add("");
    header.addAll(states.keySet());
    rows.add(header);
    Map<String, String> before = new LinkedHashMap<>();
    states.forEach((name, state) -> before.put(name, outcome(state, "", probe)));
    List<String> found = new ArrayList<>();
    found.add("(is)");
    found.addAll(before.values());
    rows.add(found);
    for (Map.Entry<String, Call> call : calls.entrySet()) {
      List<String> row = new ArrayList<>();
      row.add(call.getKey());
      states.forEach((name, state) -> row.add(cell(state, call.getValue(), before.get(name))));
      rows.add(row);
    }
    assertEquals(String.join("\n", expected), render(rows));
  }

  private String cell(State state, Call call, String before) {
    return outcome(
        state,
        before,
        scene -> {
          String outcome = outcome(scene, call);
          String after = outcome(scene, probe);
          return after.equals(before) ? outcome : outcome + ">" + after;
        });
  }

  private static String outcome(State state, String before, Call call) {
    try (Scene scene = new Scene()) {
      state.make(scene);
      scene.before = before;
      return outcome(scene, call);
    } catch (Exception e) {
      throw new AssertionError("the state cannot be had", e);
    }
  }

  private static String outcome(Scene scene, Call call) {
    try {
      return describe(call.on(scene));
    } catch (Exception e) {
      return describe(e);
    }
  }

  private static String describe(Object result) throws Exception {
    if (result instanceof AutoCloseable) {
      ((AutoCloseable) result).close();
    }
    if (result instanceof Optional) {
      return ((Optional<?>) result).isPresent() ? "ok" : "none";
    }
    return result instanceof Boolean || result instanceof String ? result.toString() : "ok";
  }

  static String describe(Exception e) {
    if (e instanceof IllegalStateException && e.getMessage().contains(" is closed")) {
      return "closed";
    }
    // Those that are an IllegalStateException outside say what they are by their cause.
    Throwable coded = e instanceof VirtualCameraException ? e : e.getCause();
    String text =
        e.getClass().getSimpleName()
            + (coded instanceof VirtualCameraException
                ? " " + ((VirtualCameraException) coded).hresultName()
                : "");
    return WORDS.getOrDefault(text, text);
  }

  private static String render(List<List<String>> rows) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream()
        .map(
            row -> {
              StringBuilder line = new StringBuilder();
              for (int i = 0; i < widths.length; i++) {
                line.append(Strings.padEnd(row.get(i), widths[i] + 2, ' '));
              }
              return line.toString().stripTrailing();
            })
        .collect(Collectors.joining("\n"));
  }
}
