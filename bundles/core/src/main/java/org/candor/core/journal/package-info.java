/** What was sent, on disk. */
package org.candor.core.journal;
