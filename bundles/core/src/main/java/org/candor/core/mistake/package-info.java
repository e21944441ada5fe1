/** Configuration validation: refused values, unknown keys, unknown files. */
package org.candor.core.mistake;
