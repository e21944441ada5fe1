/** The threads of core. */
package org.candor.core.work;
