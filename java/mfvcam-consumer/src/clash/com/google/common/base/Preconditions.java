package com.google.common.base;

/** A Guava that has nothing of what the library calls. */
public final class Preconditions {}
