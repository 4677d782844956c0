package org.slf4j;

/** An slf4j that has nothing of what native-lib-loader calls. */
public final class LoggerFactory {}
