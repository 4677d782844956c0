package io.github.mfvcam;

/**
 * A listener at its source, until it is closed or its source ends. It keeps the source alive, and
 * is kept alive itself, also where nobody holds it.
 *
 * @since 0.1
 */
public interface Registration extends AutoCloseable {
  /**
   * Stops listening, once; does nothing if the source has ended. May be called from anywhere, the
   * listener itself included. A call of the listener that is under way is not waited for. Nothing
   * is told after this but one signal, if the camera's signal had already been taken for this
   * listener: dropping it would lose it.
   */
  @Override
  void close();
}
