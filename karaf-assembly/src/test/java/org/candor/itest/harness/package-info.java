/** A Karaf in a scratch copy, and what stands around it. */
package org.candor.itest.harness;
