/** Who this installation is, in the reports. */
package org.candor.core.identity;
