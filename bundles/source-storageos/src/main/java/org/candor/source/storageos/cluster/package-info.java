/** What a StorageOS cluster tells about itself, whichever version of the API it speaks. */
package org.candor.source.storageos.cluster;
