package io.github.mfvcam;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test classes in a JVM of their own; its status is 0 if there were some and all passed. */
public final class JUnitChild {
  private JUnitChild() {}

  /** The names of the classes. */
  public static void main(String[] classes) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(
                    Arrays.stream(classes)
                        .map(name -> selectClass(name))
                        .collect(Collectors.toList()))
                .build(),
            listener);
    TestExecutionSummary summary = listener.getSummary();
    PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, UTF_8), true);
    summary.printFailuresTo(out);
    summary.printTo(out);
    boolean passed = summary.getTotalFailureCount() == 0 && summary.getTestsSucceededCount() != 0;
    System.exit(passed ? 0 : 1);
  }
}
