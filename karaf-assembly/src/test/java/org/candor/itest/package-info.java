/** Boots the assembled distribution and drives it as a person would. */
package org.candor.itest;
