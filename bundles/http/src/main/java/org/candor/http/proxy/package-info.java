/** Says which proxy the environment names for which target; looks up no name. */
package org.candor.http.proxy;
