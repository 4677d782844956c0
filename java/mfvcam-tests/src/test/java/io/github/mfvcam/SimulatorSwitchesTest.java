package io.github.mfvcam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The tests of waiting once more, in JVMs where the simulator gives other answers wherever Windows
 * is silent (native/simulator/README.md). Independent switches share a run; every value is in one.
 * Most of what a run does is to wait: several at a time.
 */
@Tag("switches")
class SimulatorSwitchesTest {
  private static final ImmutableList<Class<?>> WAITING =
      ImmutableList.of(
          CameraSyncObjectTest.class,
          ContractTest.class,
          VirtualCameraTest.class,
          FlatApiTest.class,
          MfvcamSourceTest.class,
          SignalListenerTest.class,
          SignalFutureTest.class,
          AwaitTest.class,
          AwaitAnyTest.class);

  @SuppressWarnings("unused") // by name
  static final ImmutableList<String> RUNS =
      ImmutableList.of(
          "wait-timeout=ERROR_TIMEOUT,wait-after-shutdown=E_FAIL,shutdown-wakes-wait=no,"
              + "before-start=MF_E_NOT_INITIALIZED,administrator=yes,"
              + "add-after-start=MF_E_INVALIDREQUEST,ksevent-unwatched=MF_E_INVALIDREQUEST",
          "wait-timeout=ERROR_SEM_TIMEOUT,wait-after-shutdown=E_HANDLE,"
              + "before-start=MF_E_SHUTDOWN,no-such-camera=MF_E_INVALIDREQUEST,"
              + "source-instances=activation",
          "wait-timeout=S_FALSE,wait-after-shutdown=waits,shutdown-wakes-wait=no,"
              + "pipeline-shutdown-on-last-watcher=yes,no-such-camera=S_OK,"
              + "before-start=MF_E_INVALID_STATE_TRANSITION,add-after-start=ERROR_INVALID_STATE,"
              + "source-instances=activation,ksevent-unwatched=ERROR_NOT_READY",
          "wait-timeout=258,wait-after-shutdown=ERROR_INVALID_STATE,"
              + "before-start=ERROR_INVALID_STATE,hosting=in-process");

  /** However the camera's events come. */
  @SuppressWarnings("unused") // by name
  static final ImmutableList<String> EVENT_RUNS =
      ImmutableList.of("event-carrier=state", "event-carrier=result");

  /** What no wait can meet. */
  @SuppressWarnings("unused") // by name
  static final ImmutableList<String> CAMERA_RUNS =
      ImmutableList.of(
          "before-start=ERROR_NOT_FOUND", "before-start=E_INVALIDARG", "before-start=E_FAIL");

  /** Where no event of a frame ever comes. */
  private static final String MONITOR_RUN = "ksevent-instance=monitor";

  @SuppressWarnings("unused") // by name
  static final ImmutableList<String> REFUSALS =
      ImmutableList.of(
          "null-object=MFCreateVirtualCamera",
          "null-object=GetMediaSource,administrator=no,type-supported=no",
          "null-object=CreateSyncEvent",
          "null-object=CreateSyncSemaphore",
          "camera-access=E_ACCESSDENIED");

  @SuppressWarnings("unused") // by name
  static final ImmutableList<String> FAULTS =
      ImmutableList.of(
          "activation=E_ACCESSDENIED",
          "activation=REGDB_E_CLASSNOTREG",
          "activation-delay=300",
          "activation-delay=3000",
          "dies-in=Start",
          "dies-in=GetMediaSource",
          "dies-in=SendCameraProperty",
          "dies-in=CreateSyncEvent");

  private static String run(int status, String switches, List<Class<?>> tests)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        Arrays.asList("-cp", System.getProperty("java.class.path"), JUnitChild.class.getName()));
    tests.forEach(test -> command.add(test.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("MFVCAM_SIMULATOR_SWITCHES", switches);
    // Switches are the Frame Server's, too.
    ChildJvm.giveOwnFrameServer(builder);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(status, process.waitFor(), output);
    return output;
  }

  @ParameterizedTest
  @FieldSource("RUNS")
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  @Execution(ExecutionMode.CONCURRENT)
  void theTestsOfWaitingPass(String switches) throws IOException, InterruptedException {
    run(0, switches, WAITING);
  }

  @ParameterizedTest
  @FieldSource("CAMERA_RUNS")
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  @Execution(ExecutionMode.CONCURRENT)
  void theTestsOfTheCameraPass(String switches) throws IOException, InterruptedException {
    run(0, switches, ImmutableList.of(VirtualCameraTest.class, ContractTest.class));
  }

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  @Execution(ExecutionMode.CONCURRENT)
  void theTestsOfWhatNeedsNoFramesPass() throws IOException, InterruptedException {
    run(0, MONITOR_RUN, ImmutableList.of(ContractTest.class, AwaitTest.class));
  }

  @ParameterizedTest
  @FieldSource("EVENT_RUNS")
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void theTestsOfTheCamerasEventsPass(String switches) throws IOException, InterruptedException {
    run(0, switches, ImmutableList.of(CameraListenerTest.class));
  }

  @ParameterizedTest
  @FieldSource("REFUSALS")
  @Execution(ExecutionMode.CONCURRENT)
  void refusalsAreTold(String switches) throws IOException, InterruptedException {
    run(0, switches, ImmutableList.of(Refusals.class));
  }

  @ParameterizedTest
  @FieldSource("FAULTS")
  @Execution(ExecutionMode.CONCURRENT)
  void faultsAreTold(String switches) throws IOException, InterruptedException {
    String output = run(0, switches, ImmutableList.of(Faults.class));

    // Each has its test.
    assertTrue(output.contains("1 tests successful"), output);
  }

  @Test
  void aWrongEnvironmentIsToldLoudly() throws IOException, InterruptedException {
    String output = run(0, "wait-timeout=perhaps", ImmutableList.of(Refusals.class));

    assertTrue(output.contains("MFVCAM_SIMULATOR_SWITCHES is to be"), output);
    assertTrue(output.contains("wait-timeout=perhaps"), output);
  }

  @Test
  void theAnswersReachTheTests() throws IOException, InterruptedException {
    // Without a camera to be had, the tests of waiting must fail.
    run(1, "null-object=MFCreateVirtualCamera", ImmutableList.of(FlatApiTest.class));
  }

  @Test
  void noValueIsLeftOut() throws IOException {
    Set<String> expected = new TreeSet<>();
    Path readme = Path.of(System.getProperty("mfvcam.root"), "native/simulator/README.md");
    for (String line : Files.readAllLines(readme, StandardCharsets.UTF_8)) {
      Matcher row = Pattern.compile("\\| `([^`]+)` \\| (`[^|]+`) \\|.*").matcher(line);
      if (row.matches()) {
        // All but the default, which is what every other test has.
        Splitter.on(", ")
            .splitToStream(row.group(2))
            .skip(1)
            .forEach(value -> expected.add(row.group(1) + "=" + value.replace("`", "")));
      }
    }
    Set<String> actual = new TreeSet<>();
    for (List<String> runs : ImmutableList.of(RUNS, EVENT_RUNS, CAMERA_RUNS, REFUSALS, FAULTS)) {
      runs.forEach(run -> actual.addAll(Splitter.on(',').splitToList(run)));
    }
    actual.add(MONITOR_RUN);

    assertTrue(expected.size() > 20, expected::toString);
    assertEquals(expected, actual);
  }
}
