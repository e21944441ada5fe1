/** Journal: what was sent, on disk, as a tamper-evident Merkle log. */
package org.candor.core.journal;
