package io.github.mfvcam.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** README.md's first Java block is what Quickstart runs, letter by letter but for the indent. */
class ReadmeTest {
  private static final Path ROOT = Path.of(System.getProperty("mfvcam.root"));

  @Test
  void theReadmesExampleIsQuickstart() throws IOException {
    String readme = read("README.md");
    Matcher block = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL).matcher(readme);

    assertTrue(block.find(), "README.md has no block of Java");
    assertEquals(quickstart(), block.group(1), "README.md's example must be Quickstart's body");
  }

  private static String quickstart() throws IOException {
    String source =
        read("java/mfvcam-examples/src/main/java/io/github/mfvcam/examples/Quickstart.java");
    Matcher body =
        Pattern.compile("// README: begin\\n(.*?)\\n *// README: end", Pattern.DOTALL)
            .matcher(source);
    assertTrue(body.find());
    return body.group(1).replaceAll("(?m)^ {4}", "") + "\n";
  }

  private static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file)).replace("\r\n", "\n");
  }
}
