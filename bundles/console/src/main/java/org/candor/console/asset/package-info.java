/** Files of the page and how they are served. */
package org.candor.console.asset;
