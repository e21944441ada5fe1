/** What is to be sent, on disk. */
package org.candor.core.outbox;
