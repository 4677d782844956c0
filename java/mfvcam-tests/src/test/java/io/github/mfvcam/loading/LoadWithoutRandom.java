package io.github.mfvcam.loading;

import com.google.common.base.Throwables;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.security.Security;

/** Runs {@link Load} where nobody may ask for a random number. */
public final class LoadWithoutRandom {
  private LoadWithoutRandom() {}

  /** Every SecureRandom of this JVM. */
  public static final class None extends SecureRandomSpi {
    private static final long serialVersionUID = 1;

    /** For the provider. */
    public None() {
      throw new AssertionError("a SecureRandom was made");
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
      throw new AssertionError();
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      throw new AssertionError();
    }

    @Override
    protected byte[] engineGenerateSeed(int count) {
      throw new AssertionError();
    }
  }

  private static final class NoRandom extends Provider {
    private static final long serialVersionUID = 1;

    NoRandom() {
      super("NoRandom", "1", "for a test");
      putService(new Service(this, "SecureRandom", "None", None.class.getName(), null, null));
    }
  }

  /** As Load's. */
  public static void main(String[] args) throws Exception {
    Security.insertProviderAt(new NoRandom(), 1);
    Load.main(args);
    try {
      System.out.println("random: " + new SecureRandom().nextInt());
    } catch (RuntimeException e) {
      System.out.println("as it should be: " + Throwables.getRootCause(e));
    }
  }
}
