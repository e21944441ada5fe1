/** HTTP on loopback: what scripts read, and where the owner can say yes or no. */
package org.candor.rest;
