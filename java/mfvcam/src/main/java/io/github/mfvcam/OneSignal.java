package io.github.mfvcam;

import java.util.function.IntConsumer;

/** A watch for the next signal and no more. */
final class OneSignal extends Watch {
  private final IntConsumer outcome;

  /**
   * @param outcome gets S_OK for a signal, else why there will be none, once; unless {@link #end}
   *     returns true
   */
  OneSignal(IntConsumer outcome) {
    this.outcome = outcome;
  }

  @Override
  void toldSignal(long time) {
    end();
    outcome.accept(HResults.S_OK);
  }

  @Override
  void toldEnd(int status) {
    outcome.accept(status);
  }
}
