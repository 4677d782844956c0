package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.reflect.ClassPath;
import io.github.mfvcam.simulator.Simulator;
import io.github.mfvcam.spi.CameraPlatform;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Rules that hold for every public method of the typed API, found by reflection: whoever adds one
 * needs to do something here only if this test says so.
 */
class PublicMethodsTest {
  /** Parameters that may be null, as their Javadoc says. */
  private static final ImmutableSet<String> NULLABLE =
      ImmutableSet.of("VirtualCamera.addRegistryEntry(subkey)");

  /** Methods that merely say what an object is, and work when it is closed. */
  private static final ImmutableSet<String> DESCRIBING =
      ImmutableSet.of(
          "CameraSyncObject.event",
          "CameraReader.format",
          // What it gives throws when it is used: CameraAttributesTest.
          "CameraAttributes.asMap");

  /** What ends with a closed object, without being one itself. */
  private static final ImmutableSet<Class<?>> ENDING_WITH_ANOTHER =
      ImmutableSet.of(CameraAttributes.class);

  /** What to pass where any valid value will do. */
  private static final ImmutableMap<Class<?>, Object> VALUES =
      ImmutableMap.<Class<?>, Object>builder()
          .put(boolean.class, true)
          .put(byte.class, (byte) 1)
          .put(short.class, (short) 1)
          .put(int.class, 1)
          .put(long.class, 1L)
          .put(float.class, 1F)
          .put(double.class, 1D)
          .put(Object.class, 1)
          .put(String.class, "text")
          .put(byte[].class, new byte[1])
          .put(UUID.class, MfvcamSource.CLASS_ID)
          .put(UUID[].class, new UUID[] {MfvcamSource.CLASS_ID})
          .put(BigInteger.class, BigInteger.ONE)
          .put(Duration.class, Duration.ZERO)
          .put(Instant.class, Instant.EPOCH)
          .put(List.class, ImmutableList.of("text"))
          .put(CameraPlatform.class, new Simulator())
          .put(KsEvent.class, Cameras.QUIET)
          .put(KsProperty.class, MfvcamSource.COUNTERS)
          .put(DevicePropertyKey.class, DevicePropertyKey.FRIENDLY_NAME)
          .put(DevicePropertyValue.class, DevicePropertyValue.ofInt32(1))
          .put(RegistryValue.class, RegistryValue.ofDword(1))
          .put(CameraEvent.class, new CameraEvent(MfvcamSource.CLASS_ID, 0, Duration.ZERO))
          .buildOrThrow();

  /** One live object of each class that a program can hold. */
  private static final class Objects implements AutoCloseable {
    private final Map<Class<?>, Object> all = new HashMap<>();
    private final List<AutoCloseable> closeables = new ArrayList<>();

    Objects() {
      VirtualCamera camera = add(Cameras.started());
      add(camera.attributes());
      add(VirtualCamera.builder(MfvcamSource.CLASS_ID, "another"));
      SyncEvent event = add(SyncEvent.autoReset());
      add(camera.createSyncEvent(Cameras.QUIET, event));
      add(SyncSemaphore.create(0, 1));
      MediaSource source = add(camera.getMediaSource());
      add(source.openReader(PixelFormat.NV12));
      add(MfvcamSource.counters(camera));
    }

    private <T> T add(T object) {
      all.put(object.getClass(), object);
      if (object instanceof AutoCloseable) {
        closeables.add(0, (AutoCloseable) object);
      }
      return object;
    }

    /** What to call a method of a class on, or to pass for a parameter. */
    Object get(Class<?> type) {
      Object known = all.getOrDefault(type, VALUES.get(type));
      if (known != null) {
        return known;
      }
      if (type.isEnum()) {
        return type.getEnumConstants()[0];
      }
      if (type.isInterface()) {
        return Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
      }
      throw new AssertionError(
          "PublicMethodsTest does not know how to make " + type.getName() + ": add it to Objects");
    }

    @Override
    public void close() {
      for (AutoCloseable closeable : closeables) {
        try {
          closeable.close();
        } catch (Exception e) {
          throw new AssertionError(closeable.toString(), e);
        }
      }
    }
  }

  /** The public classes of the library's packages, without the flat API. */
  private static List<Class<?>> publicClasses() throws IOException {
    List<Class<?>> found = new ArrayList<>();
    for (ClassPath.ClassInfo info :
        ClassPath.from(VirtualCamera.class.getClassLoader())
            .getTopLevelClasses(VirtualCamera.class.getPackageName())) {
      Class<?> type = info.load();
      if (type.getProtectionDomain()
          .getCodeSource()
          .getLocation()
          .equals(VirtualCamera.class.getProtectionDomain().getCodeSource().getLocation())) {
        addPublic(type, found);
      }
    }
    return found;
  }

  private static void addPublic(Class<?> type, List<Class<?>> found) {
    if (Modifier.isPublic(type.getModifiers())) {
      // What programs implement is theirs.
      if (!type.isInterface()) {
        found.add(type);
      }
      for (Class<?> nested : type.getDeclaredClasses()) {
        addPublic(nested, found);
      }
    }
  }

  private static List<Method> publicMethods(Class<?> type) {
    List<Method> methods = new ArrayList<>();
    for (Method method : type.getDeclaredMethods()) {
      boolean ofEveryEnum = type.isEnum() && method.getName().equals("valueOf");
      boolean ofEveryObject = method.getName().equals("equals");
      if (Modifier.isPublic(method.getModifiers())
          && !method.isSynthetic()
          && !ofEveryEnum
          && !ofEveryObject) {
        methods.add(method);
      }
    }
    return methods;
  }

  /** Returns what the method throws, or null. */
  private static Throwable call(Method method, Object on, Object[] arguments)
      throws IllegalAccessException {
    try {
      method.invoke(on, arguments);
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
  }

  private static Object[] arguments(Executable method, Objects objects) {
    return Arrays.stream(method.getParameterTypes()).map(objects::get).toArray();
  }

  private static String nameOf(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }

  @Test
  void theClassesAreFound() throws IOException {
    List<Class<?>> classes = publicClasses();

    assertTrue(classes.contains(VirtualCamera.Builder.class), classes.toString());
    assertTrue(classes.contains(CameraAttributes.class), classes.toString());
    assertFalse(classes.contains(NothingLeft.class), classes.toString());
  }

  @Test
  void aNullIsRefusedByTheParametersName() throws Exception {
    Set<String> wrong = new TreeSet<>();
    Set<String> nullable = new TreeSet<>();
    try (Objects objects = new Objects()) {
      for (Class<?> type : publicClasses()) {
        for (Method method : publicMethods(type)) {
          for (int i = 0; i < method.getParameterCount(); i++) {
            Parameter parameter = method.getParameters()[i];
            if (parameter.getType().isPrimitive()) {
              continue;
            }
            assertTrue(parameter.isNamePresent(), "compiled without -parameters");
            String name = nameOf(method) + "(" + parameter.getName() + ")";
            Object on = Modifier.isStatic(method.getModifiers()) ? null : objects.get(type);
            Object[] arguments = arguments(method, objects);
            arguments[i] = null;
            Throwable thrown = call(method, on, arguments);
            if (NULLABLE.contains(name)) {
              nullable.add(name);
              if (thrown != null) {
                wrong.add(name + " may be null, but: " + thrown);
              }
            } else if (!(thrown instanceof NullPointerException)
                || !parameter.getName().equals(thrown.getMessage())) {
              wrong.add(name + ": " + thrown);
            }
          }
        }
      }
    }
    assertEquals(Collections.emptySet(), wrong);
    assertEquals(NULLABLE, nullable);
  }

  @Test
  void aClosedObjectSaysSo() throws Exception {
    Set<String> wrong = new TreeSet<>();
    Set<String> describing = new TreeSet<>();
    Objects objects = new Objects();
    objects.close();
    for (Class<?> type : publicClasses()) {
      if (!AutoCloseable.class.isAssignableFrom(type) && !ENDING_WITH_ANOTHER.contains(type)) {
        continue;
      }
      for (Method method : publicMethods(type)) {
        if (Modifier.isStatic(method.getModifiers())
            || ImmutableSet.of("close", "toString", "hashCode").contains(method.getName())) {
          continue;
        }
        Throwable thrown = call(method, objects.get(type), arguments(method, objects));
        if (DESCRIBING.contains(nameOf(method))) {
          describing.add(nameOf(method));
          if (thrown != null) {
            wrong.add(nameOf(method) + " works when closed, but: " + thrown);
          }
        } else if (!(thrown instanceof IllegalStateException)
            || !thrown.getMessage().contains(" is closed")) {
          wrong.add(nameOf(method) + ": " + thrown);
        }
      }
    }
    objects.close();
    assertEquals(Collections.emptySet(), wrong);
    assertEquals(DESCRIBING, describing);
  }
}
