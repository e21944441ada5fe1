/** Writes messages into a directory, one file each. */
package org.candor.sink.file;
