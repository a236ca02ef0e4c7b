package io.weir.iotdb.protocol;

/**
 * What stands in front of every Thrift message.
 *
 * @param kind {@link #CALL}, {@link #REPLY} or {@link #EXCEPTION}
 * @param method the called method's name
 * @param sequence the caller's number; a reply repeats it
 */
record MessageHead(int kind, String method, int sequence) {

    static final int CALL = 1;
    static final int REPLY = 2;
    static final int EXCEPTION = 3;
}
