/** Mistakes in configuration files: refused values, unknown keys, unknown files. */
package org.candor.core.mistake;
