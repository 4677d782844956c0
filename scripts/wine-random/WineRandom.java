import java.security.Provider;
import java.security.SecureRandomSpi;
import java.util.SplittableRandom;

/**
 * A SecureRandom that is not secure, for tests under Wine alone. The JDK's own gathers its seed from
 * the network interfaces, and from Java 21 on asks Wine 8 for a function that it does not have,
 * which ends the process. scripts/wine-java puts this one first, for those versions only.
 */
public final class WineRandom extends Provider {
    private static final long serialVersionUID = 1L;

    public WineRandom() {
        super("WineRandom", "1", "not secure: for tests under Wine");
        put("SecureRandom.WineRandom", Spi.class.getName());
        put("SecureRandom.WineRandom ThreadSafe", "true");
    }

    public static final class Spi extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;
        private static final SplittableRandom RANDOM =
                new SplittableRandom(System.nanoTime() ^ ProcessHandle.current().pid() << 40);

        @Override
        protected void engineSetSeed(byte[] seed) {}

        @Override
        protected void engineNextBytes(byte[] bytes) {
            synchronized (RANDOM) {
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) RANDOM.nextInt();
                }
            }
        }

        @Override
        protected byte[] engineGenerateSeed(int length) {
            byte[] seed = new byte[length];
            engineNextBytes(seed);
            return seed;
        }
    }
}
