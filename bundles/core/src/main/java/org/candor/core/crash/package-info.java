/** Taking crashes, keeping them, and folding those that come in a loop. */
package org.candor.core.crash;
