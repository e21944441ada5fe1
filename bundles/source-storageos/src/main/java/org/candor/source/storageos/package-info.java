/** Observes a StorageOS cluster: nodes, volumes, pools, licence. */
package org.candor.source.storageos;
