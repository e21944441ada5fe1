/** Journal: what was sent, on disk, as a tamper-evident hash chain. */
package org.candor.core.journal;
