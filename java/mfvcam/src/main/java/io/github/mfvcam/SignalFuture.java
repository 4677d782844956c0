package io.github.mfvcam;

import java.util.concurrent.CompletableFuture;

/**
 * The next signal of a sync object. However it is completed, its watch is given back; who comes
 * with another outcome after the signal was taken comes too late, or the signal would be lost.
 */
final class SignalFuture extends CompletableFuture<Void> {
  private final CameraSyncObject syncObject;
  private final OneSignal signal = new OneSignal(this::told);

  SignalFuture(CameraSyncObject syncObject) {
    this.syncObject = syncObject;
    syncObject.watch(signal);
  }

  // Dependents may block, which must not hold the dispatcher up.
  private void told(int status) {
    defaultExecutor()
        .execute(
            () -> {
              if (status == HResults.S_OK) {
                super.complete(null);
              } else {
                super.completeExceptionally(syncObject.failure(status));
              }
            });
  }

  @Override
  public boolean complete(Void value) {
    return signal.end() && super.complete(null);
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    return signal.end() && super.completeExceptionally(failure);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return signal.end() && super.cancel(mayInterruptIfRunning);
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    // Stages after this one are not signals.
    return new CompletableFuture<>();
  }
}
