package io.weir.iotdb.type;

/** Whether writes follow a server's advice where to go. */
public enum Redirection {
    /** They go to the hosts of the options; these forward what is not theirs. */
    OFF,
    /** They go to the node that was named for their device, if it can be reached. */
    ON
}
