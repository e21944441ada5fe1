/** OpenAPI description of all paths. */
package org.candor.rest.describe;
