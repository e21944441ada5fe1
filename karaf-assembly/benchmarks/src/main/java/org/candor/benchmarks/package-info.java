/** Benchmarks, run by hand. */
package org.candor.benchmarks;
