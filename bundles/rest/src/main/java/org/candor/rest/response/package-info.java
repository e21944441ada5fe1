/** HTTP responses and refusals. */
package org.candor.rest.response;
