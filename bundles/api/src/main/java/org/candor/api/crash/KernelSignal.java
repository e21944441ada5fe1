package org.candor.api.crash;

/**
 * The signal that ended a process.
 *
 * @param number as the kernel counts it
 * @param name such as {@code SIGSEGV}
 */
public record KernelSignal(int number, String name) {}
