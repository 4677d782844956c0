/**
 * Virtual cameras where Windows has none.
 *
 * @since 0.1
 */
module io.github.mfvcam.simulator {
  requires transitive io.github.mfvcam;

  exports io.github.mfvcam.simulator;

  provides io.github.mfvcam.spi.CameraPlatform with
      io.github.mfvcam.simulator.Simulator;
}
