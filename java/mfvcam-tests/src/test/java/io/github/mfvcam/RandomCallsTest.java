package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.github.mfvcam.jni.MfVirtualCamera;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Several threads call the flat natives in whatever order, with whatever arguments. They may be
 * refused, by a code that has a name or an exception of the argument's; nothing may crash, hang or
 * be left.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RandomCallsTest {
  private static final int THREADS = 4;
  private static final int CALLS = 15_000;
  private static final int PLACES = 8;

  /** MFVirtualCameraLifetime_System. */
  private static final int SYSTEM = 1;

  /** Not called: they believe a pointer, close what others use, or change the whole JVM. */
  private static final ImmutableSet<String> LEFT_OUT =
      ImmutableSet.of("releaseComPointer", "fromNative", "closeHandle", "useProvider");

  /** What makes objects, and the places where these are kept: each kind has its own. */
  private static final ImmutableMap<String, AtomicLongArray> MAKERS = makers();

  /** What takes another object than a camera first, by who makes that. */
  private static final ImmutableMap<String, String> TAKES =
      ImmutableMap.<String, String>builder()
          .put("waitOnSignal", "createSyncEvent")
          .put("await", "createSyncEvent")
          .put("watchSignal", "createSyncSemaphore")
          .put("take", "createQueue")
          .put("rearm", "watchSignal")
          .put("cancelWatch", "watchCamera")
          .put("openReader", "getMediaSource")
          .put("readSample", "openReader")
          .put("closeReader", "openReader")
          .build();

  private static final ImmutableSet<String> OF_WINDOWS =
      ImmutableSet.of("setEvent", "resetEvent", "releaseSemaphore", "waitForSingleObject");

  private static final ImmutableList<UUID> GUIDS =
      ImmutableList.of(
          MfvcamSource.CLASS_ID,
          MfvcamSource.EVENT_SET,
          PixelFormat.NV12.subtype(),
          new UUID(0, 0),
          new UUID(-1, -1),
          new UUID(1, 2));

  private final long seed = System.nanoTime();
  private final Set<String> succeeded = ConcurrentHashMap.newKeySet();
  private final List<Long> windowsHandles = new ArrayList<>();

  private static ImmutableMap<String, AtomicLongArray> makers() {
    ImmutableMap.Builder<String, AtomicLongArray> makers = ImmutableMap.builder();
    for (String maker :
        ImmutableList.of(
            "createVirtualCamera",
            "createSyncEvent",
            "createSyncSemaphore",
            "createQueue",
            "watchSignal",
            "watchCamera",
            "getMediaSource",
            "openReader")) {
      makers.put(maker, new AtomicLongArray(PLACES));
    }
    return makers.build();
  }

  @BeforeEach
  void makeEventsAndSemaphores() {
    VirtualCameras.load();
    long[] out = new long[1];
    for (int i = 0; i < PLACES; i++) {
      assertEquals(0, MfVirtualCamera.createEvent(i % 2 == 0, false, null, out));
      windowsHandles.add(out[0]);
      assertEquals(0, MfVirtualCamera.createSemaphore(0, 100, null, out));
      windowsHandles.add(out[0]);
    }
  }

  @AfterEach
  void giveAllBack() {
    for (AtomicLongArray places : MAKERS.values()) {
      for (int i = 0; i < PLACES; i++) {
        MfVirtualCamera.release(places.getAndSet(i, 0));
      }
    }
    windowsHandles.forEach(MfVirtualCamera::closeHandle);
  }

  @Test
  void areAnsweredAndLeaveNothing() {
    List<Method> natives =
        Arrays.stream(MfVirtualCamera.class.getDeclaredMethods())
            .filter(method -> Modifier.isNative(method.getModifiers()))
            .filter(method -> !LEFT_OUT.contains(method.getName()))
            .sorted(Comparator.comparing(Method::getName))
            .collect(Collectors.toList());
    List<Method> makers =
        natives.stream()
            .filter(method -> MAKERS.containsKey(method.getName()))
            .collect(Collectors.toList());
    List<Background<Integer>> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Walk walk = new Walk(new Random(seed + i));
      threads.add(
          Background.start(
              () -> {
                for (int call = 0; call < CALLS; call++) {
                  walk.step(call % 2 == 0 ? natives : makers);
                }
                return CALLS;
              }));
    }
    threads.forEach(Background::result);

    // Or nothing was tried.
    Set<String> never = Sets.difference(MAKERS.keySet(), succeeded);
    assertTrue(never.isEmpty(), () -> "never succeeded: " + never + ", seed " + seed);
  }

  /** One thread's way. */
  private final class Walk {
    private final Random random;

    Walk(Random random) {
      this.random = random;
    }

    void step(List<Method> methods) throws IllegalAccessException {
      Method method = methods.get(random.nextInt(methods.size()));
      String name = method.getName();
      // Or nothing would live for long.
      boolean ends = ImmutableSet.of("release", "shutdown", "stop", "remove").contains(name);
      if (ends && random.nextInt(8) != 0) {
        return;
      }
      Object[] arguments = arguments(method);
      Object result;
      try {
        result = method.invoke(null, arguments);
      } catch (InvocationTargetException e) {
        Throwable refusal = e.getCause();
        assertTrue(
            refusal instanceof NullPointerException || refusal instanceof IllegalArgumentException,
            () -> called(name, arguments) + " threw " + refusal);
        return;
      }
      if (arguments.length == 0) {
        return;
      }
      int hresult = (Integer) result;
      assertFalse(
          HResults.describe(hresult).startsWith("0x"),
          () -> called(name, arguments) + " gave " + HResults.describe(hresult));
      if (hresult >= 0) {
        keep(name, arguments[arguments.length - 1]);
      }
    }

    private String called(String name, Object[] arguments) {
      return name + Arrays.deepToString(arguments) + ", seed " + seed;
    }

    private void keep(String name, Object out) {
      AtomicLongArray places = MAKERS.get(name);
      if (places != null) {
        succeeded.add(name);
        MfVirtualCamera.release(places.getAndSet(random.nextInt(PLACES), ((long[]) out)[0]));
      } else if (name.equals("getComPointer")) {
        MfVirtualCamera.releaseComPointer(((long[]) out)[0]);
      } else if (name.matches("(create|open)(Event|Semaphore)")) {
        MfVirtualCamera.closeHandle(((long[]) out)[0]);
      }
    }

    private Object[] arguments(Method method) {
      String name = method.getName();
      Class<?>[] types = method.getParameterTypes();
      Object[] arguments = new Object[types.length];
      for (int i = 0; i < types.length; i++) {
        arguments[i] = argument(types[i]);
      }
      if (OF_WINDOWS.contains(name)) {
        arguments[0] = windowsHandle();
      } else if (types.length > 0 && types[0] == long.class) {
        arguments[0] = handle(TAKES.getOrDefault(name, "createVirtualCamera"));
      }
      switch (name) {
        case "await":
        case "take":
        case "readSample":
          arguments[2] = windowsHandle();
          arguments[1] = random.nextInt(10);
          break;
        case "waitOnSignal":
        case "waitForSingleObject":
          arguments[1] = random.nextInt(10);
          break;
        case "watchSignal":
        case "watchCamera":
          arguments[1] = handle("createQueue");
          break;
        case "createVirtualCamera":
          putGuid(arguments, 4, MfvcamSource.CLASS_ID);
          if (arguments[1].equals(SYSTEM)) {
            arguments[1] = 0; // such a camera would outlive this JVM, and its Frame Server with it
          }
          if (random.nextInt(3) != 0) {
            Arrays.fill(arguments, 0, 3, 0);
            arguments[3] = "random " + random.nextInt(4);
            arguments[6] = null;
          }
          break;
        case "createSyncEvent":
        case "createSyncSemaphore":
          putGuid(arguments, 1, MfvcamSource.EVENT_SET);
          arguments[5] = windowsHandle();
          if (random.nextInt(3) != 0) {
            arguments[3] = random.nextInt(MfvcamSource.Event.values().length);
            arguments[4] = 1 + random.nextInt(2);
          }
          break;
        case "openReader":
          putGuid(arguments, 1, PixelFormat.NV12.subtype());
          break;
        default:
          if (types.length > 2 && types[1] == long.class && types[2] == long.class) {
            putGuid(arguments, 1, GUIDS.get(0));
          }
      }
      return arguments;
    }

    /** Most often that one. */
    private void putGuid(Object[] arguments, int at, UUID likely) {
      UUID guid = random.nextInt(4) != 0 ? likely : GUIDS.get(random.nextInt(GUIDS.size()));
      arguments[at] = guid.getMostSignificantBits();
      arguments[at + 1] = guid.getLeastSignificantBits();
    }

    private Object argument(Class<?> type) {
      if (type == int.class) {
        return number();
      }
      if (type == long.class) {
        return handle(any(MAKERS.keySet().asList()));
      }
      if (type == boolean.class) {
        return random.nextBoolean();
      }
      if (type == double.class) {
        return random.nextDouble();
      }
      if (random.nextInt(12) == 0) {
        return null;
      }
      if (type == String.class) {
        return any(
            ImmutableList.of("", "a name", "\\", "a\0b", "\ud800", Strings.repeat("long", 20_000)));
      }
      if (type == ByteBuffer.class) {
        int size = any(ImmutableList.of(0, 10, 1 << 20));
        return random.nextInt(8) == 0 ? ByteBuffer.allocate(size) : ByteBuffer.allocateDirect(size);
      }
      if (type == byte[].class) {
        byte[] bytes = new byte[any(ImmutableList.of(0, 1, 4, 8, 16, 128, 100_000))];
        random.nextBytes(bytes);
        return bytes;
      }
      // Results.
      int length = any(ImmutableList.of(0, 1, 16, 16, 16, 16, 16));
      return java.lang.reflect.Array.newInstance(type.getComponentType(), length);
    }

    private int number() {
      return random.nextInt(3) != 0
          ? random.nextInt(6)
          : any(ImmutableList.of(-1, Integer.MIN_VALUE, Integer.MAX_VALUE, random.nextInt()));
    }

    private long handle(String maker) {
      return random.nextInt(6) != 0
          ? MAKERS.get(maker).get(random.nextInt(PLACES))
          : any(ImmutableList.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, random.nextLong()));
    }

    /** None that may by chance be another's in this JVM. */
    private long windowsHandle() {
      return random.nextInt(6) != 0
          ? any(windowsHandles)
          : any(ImmutableList.of(0L, Long.MIN_VALUE, 0x7FFF_FFF0L, 1L << 40));
    }

    private <T> T any(List<T> choices) {
      return choices.get(random.nextInt(choices.size()));
    }
  }
}
