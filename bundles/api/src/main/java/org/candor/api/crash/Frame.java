package org.candor.api.crash;

import java.util.Optional;

/**
 * One call on a stack.
 *
 * @param type the class or module; empty when it is not known
 * @param method the method or function; empty when it is not known
 * @param file the source file's name, without a folder; empty when it is not known
 * @param line the line in it, from 1
 */
public record Frame(String type, String method, String file, Optional<Integer> line) {}
