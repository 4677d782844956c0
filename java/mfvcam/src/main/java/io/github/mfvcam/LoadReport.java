package io.github.mfvcam;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How mfvcam.dll and the platform were loaded, or why not, as {@link Mfvcam#loadReport} gives it;
 * mfvcam-source.dll is not in it. Immutable.
 *
 * @since 0.1
 */
public final class LoadReport {
  private final Path library;
  private final List<String> attempts;
  private final RuntimeException failure;

  LoadReport(Path library, List<String> attempts, RuntimeException failure) {
    this.library = library;
    this.attempts = List.copyOf(attempts);
    this.failure = failure;
  }

  /**
   * Whether mfvcam.dll is loaded, and the platform that was asked for is in use.
   *
   * @return true if so
   */
  public boolean isLoaded() {
    return library != null && failure == null;
  }

  /**
   * The file of mfvcam.dll that is loaded.
   *
   * @return its full path, or nothing if none is
   */
  public Optional<Path> library() {
    return Optional.ofNullable(library);
  }

  /**
   * The files and folders that were tried, in order, each with what came of it.
   *
   * @return a line for each, for people
   */
  public List<String> attempts() {
    return attempts;
  }

  /**
   * What the last call threw that loaded mfvcam.dll or installed the platform; its cause is the
   * first that went wrong.
   *
   * @return the exception, or nothing if it is loaded or nobody has needed it yet
   */
  public Optional<RuntimeException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(
            isLoaded()
                ? "loaded: " + library
                : failure != null ? "not loaded: " + failure.getMessage() : "not loaded yet");
    for (String attempt : attempts) {
      text.append(System.lineSeparator()).append("  ").append(attempt);
    }
    return text.toString();
  }
}
