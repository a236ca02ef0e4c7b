package io.weir.iotdb.protocol;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of the fields that travel as numbers, for those who read frames. */
final class WireNames {

    /** How a value is shown. */
    enum Show {
        PLAIN,
        /** A secret: as stars. */
        SECRET,
        /** A statement: without the passwords in it. */
        SQL,
        /** Blocks of rows: in a line each. */
        BLOCKS
    }

    /**
     * One field.
     *
     * @param struct the name of the struct that it holds, or whose kind its list holds; null for other values
     */
    record Field(String name, Show show, @Nullable String struct) {}

    /**
     * Struct by struct: number, name, and behind it what it is: {@code !} a secret, {@code $} SQL, {@code #} blocks,
     * {@code >} a struct of the name that follows.
     */
    private static final String[] STRUCTS = {
        "Status 1:code 2:message 3:subStatus>Status 4:redirectNode>Node 5:needRetry",
        "Node 1:ip 2:port",
        "openSession.call 1:req>OpenSession",
        "OpenSession 1:client_protocol 2:zoneId 3:username 4:password! 5:configuration",
        "openSession.reply 0:success>OpenedSession",
        "OpenedSession 1:status>Status 2:serverProtocolVersion 3:sessionId 4:configuration",
        "requestStatementId.call 1:sessionId",
        "requestStatementId.reply 0:success",
        "executeStatementV2.call 1:req>Execute",
        "executeQueryStatementV2.call 1:req>Execute",
        "executeUpdateStatementV2.call 1:req>Execute",
        "Execute 1:sessionId 2:statement$ 3:statementId 4:fetchSize 5:timeout 6:enableRedirectQuery 7:jdbcQuery",
        "executeStatementV2.reply 0:success>Executed",
        "executeQueryStatementV2.reply 0:success>Executed",
        "executeUpdateStatementV2.reply 0:success>Executed",
        "Executed 1:status>Status 2:queryId 3:columns 4:operationType 5:ignoreTimeStamp 6:dataTypeList 7:queryDataSet"
                + " 8:nonAlignQueryDataSet 9:columnNameIndexMap 10:sgColumns 11:aliasColumns 12:tracingInfo"
                + " 13:queryResult# 14:moreData 15:database 16:tableModel 17:columnIndex2TsBlockColumnIndexList",
        "executeRawDataQueryV2.call 1:req>RawData",
        "RawData 1:sessionId 2:paths 3:fetchSize 4:startTime 5:endTime 6:statementId 7:enableRedirectQuery 8:jdbcQuery"
                + " 9:timeout 10:legalPathNodes",
        "executeRawDataQueryV2.reply 0:success>Executed",
        "executeLastDataQueryV2.call 1:req>LastData",
        "LastData 1:sessionId 2:paths 3:fetchSize 4:time 5:statementId 6:enableRedirectQuery 7:jdbcQuery 8:timeout"
                + " 9:legalPathNodes",
        "executeLastDataQueryV2.reply 0:success>Executed",
        "executeFastLastDataQueryForOneDeviceV2.call 1:req>LastOfDevice",
        "LastOfDevice 1:sessionId 2:db 3:deviceId 4:sensors 5:fetchSize 6:statementId 7:enableRedirectQuery 8:jdbcQuery"
                + " 9:timeout 10:legalPathNodes",
        "executeFastLastDataQueryForOneDeviceV2.reply 0:success>Executed",
        "executeFastLastDataQueryForOnePrefixPath.call 1:req>LastOfPrefix",
        "LastOfPrefix 1:sessionId 2:prefixes 3:fetchSize 4:statementId 5:enableRedirectQuery 6:jdbcQuery 7:timeout",
        "executeFastLastDataQueryForOnePrefixPath.reply 0:success>Executed",
        "executeAggregationQueryV2.call 1:req>Aggregation",
        "Aggregation 1:sessionId 2:statementId 3:paths 4:aggregations 5:startTime 6:endTime 7:interval 8:slidingStep"
                + " 9:fetchSize 10:timeout 11:legalPathNodes",
        "executeAggregationQueryV2.reply 0:success>Executed",
        "fetchResultsV2.call 1:req>Fetch",
        "Fetch 1:sessionId 2:statement$ 3:fetchSize 4:queryId 5:isAlign 6:timeout 7:statementId",
        "fetchResultsV2.reply 0:success>Fetched",
        "Fetched 1:status>Status 2:hasResultSet 3:isAlign 4:queryDataSet 5:nonAlignQueryDataSet 6:queryResult# 7:moreData",
        "closeOperation.call 1:req>CloseOperation",
        "CloseOperation 1:sessionId 2:queryId 3:statementId 4:preparedStatementName",
        "closeOperation.reply 0:success>Status",
        "insertTablet.call 1:req>InsertTablet",
        "InsertTablet 1:sessionId 2:prefixPath 3:measurements 4:values 5:timestamps 6:types 7:size 8:isAligned"
                + " 9:writeToTable 10:columnCategories 11:isCompressed 12:encodingTypes 13:compressType",
        "insertTablet.reply 0:success>Status",
        "insertTablets.call 1:req>InsertTablets",
        "InsertTablets 1:sessionId 2:prefixPaths 3:measurementsList 4:valuesList 5:timestampsList 6:typesList 7:sizeList"
                + " 8:isAligned",
        "insertTablets.reply 0:success>Status",
        "insertRecord.call 1:req>InsertRecord",
        "insertStringRecord.call 1:req>InsertRecord",
        "InsertRecord 1:sessionId 2:prefixPath 3:measurements 4:values 5:timestamp 6:isAligned 7:timeout",
        "insertRecord.reply 0:success>Status",
        "insertStringRecord.reply 0:success>Status",
        "insertRecords.call 1:req>InsertRecords",
        "insertStringRecords.call 1:req>InsertRecords",
        "InsertRecords 1:sessionId 2:prefixPaths 3:measurementsList 4:valuesList 5:timestamps 6:isAligned",
        "insertRecords.reply 0:success>Status",
        "insertStringRecords.reply 0:success>Status",
        "insertRecordsOfOneDevice.call 1:req>InsertRecordsOfOneDevice",
        "insertStringRecordsOfOneDevice.call 1:req>InsertRecordsOfOneDevice",
        "InsertRecordsOfOneDevice 1:sessionId 2:prefixPath 3:measurementsList 4:valuesList 5:timestamps 6:isAligned",
        "insertRecordsOfOneDevice.reply 0:success>Status",
        "insertStringRecordsOfOneDevice.reply 0:success>Status",
        "closeSession.call 1:req>CloseSession",
        "CloseSession 1:sessionId",
        "closeSession.reply 0:success>Status",
        "setTimeZone.call 1:req>SetTimeZone",
        "SetTimeZone 1:sessionId 2:timeZone",
        "setTimeZone.reply 0:success>Status",
        "getTimeZone.call 1:sessionId",
        "getTimeZone.reply 0:success>TimeZone",
        "TimeZone 1:status>Status 2:timeZone",
        "getProperties.reply 0:success>Properties",
        "Properties 1:version 2:supportedTimeAggregationOperations 3:timestampPrecision 4:maxConcurrentClientNum"
                + " 5:thriftMaxFrameSize 6:isReadOnly 7:buildInfo 8:logo",
        "testConnectionEmptyRPC.reply 0:success>Status",
        "setStorageGroup.call 1:sessionId 2:storageGroup",
        "setStorageGroup.reply 0:success>Status",
        "deleteStorageGroups.call 1:sessionId 2:storageGroups",
        "deleteStorageGroups.reply 0:success>Status",
        "deleteTimeseries.call 1:sessionId 2:paths",
        "deleteTimeseries.reply 0:success>Status",
        "deleteData.call 1:req>DeleteData",
        "DeleteData 1:sessionId 2:paths 3:startTime 4:endTime",
        "deleteData.reply 0:success>Status",
        "createTimeseries.call 1:req>CreateSeries",
        "CreateSeries 1:sessionId 2:path 3:dataType 4:encoding 5:compressor 6:props 7:tags 8:attributes"
                + " 9:measurementAlias",
        "createTimeseries.reply 0:success>Status",
        "createMultiTimeseries.call 1:req>CreateMultiSeries",
        "CreateMultiSeries 1:sessionId 2:paths 3:dataTypes 4:encodings 5:compressors 6:propsList 7:tagsList"
                + " 8:attributesList 9:measurementAliasList",
        "createMultiTimeseries.reply 0:success>Status",
        "createAlignedTimeseries.call 1:req>CreateAlignedSeries",
        "CreateAlignedSeries 1:sessionId 2:prefixPath 3:measurements 4:dataTypes 5:encodings 6:compressors"
                + " 7:measurementAlias 8:tagsList 9:attributesList",
        "createAlignedTimeseries.reply 0:success>Status",
        "executeBatchStatement.call 1:req>Batch",
        "Batch 1:sessionId 2:statements$",
        "executeBatchStatement.reply 0:success>Status",
        "createSchemaTemplate.call 1:req>CreateTemplate",
        "CreateTemplate 1:sessionId 2:name 3:serializedTemplate",
        "createSchemaTemplate.reply 0:success>Status",
        "setSchemaTemplate.call 1:req>SetTemplate",
        "SetTemplate 1:sessionId 2:templateName 3:prefixPath",
        "setSchemaTemplate.reply 0:success>Status",
        "unsetSchemaTemplate.call 1:req>UnsetTemplate",
        "UnsetTemplate 1:sessionId 2:prefixPath 3:templateName",
        "unsetSchemaTemplate.reply 0:success>Status",
        "dropSchemaTemplate.call 1:req>DropTemplate",
        "DropTemplate 1:sessionId 2:templateName",
        "dropSchemaTemplate.reply 0:success>Status",
        "createTimeseriesUsingSchemaTemplate.call 1:req>UseTemplate",
        "UseTemplate 1:sessionId 2:devicePathList",
        "createTimeseriesUsingSchemaTemplate.reply 0:success>Status",
        "querySchemaTemplate.call 1:req>QueryTemplate",
        "QueryTemplate 1:sessionId 2:name 3:queryType 4:measurement",
        "querySchemaTemplate.reply 0:success>TemplateAnswer",
        "TemplateAnswer 1:status>Status 2:queryType 3:result 4:count 5:measurements",
        "fetchAllConnectionsInfo.reply 0:success>Connections",
        "Connections 1:connectionInfoList>Connection",
        "Connection 1:userName 2:logInTime 3:connectionId 4:type",
        "getBackupConfiguration.reply 0:success>Backup",
        "Backup 1:status>Status 2:enableOperationSync 3:secondaryAddress 4:secondaryPort",
        "prepareStatement.call 1:req>Prepare",
        "Prepare 1:sessionId 2:sql$ 3:statementName",
        "prepareStatement.reply 0:success>Prepared",
        "Prepared 1:status>Status 2:parameterCount",
        "executePreparedStatement.call 1:req>ExecutePrepared",
        "ExecutePrepared 1:sessionId 2:statementName 3:parameters 4:fetchSize 5:timeout 6:statementId",
        "executePreparedStatement.reply 0:success>Executed",
        "deallocatePreparedStatement.call 1:req>DropPrepared",
        "DropPrepared 1:sessionId 2:statementName",
        "deallocatePreparedStatement.reply 0:success>Status",
        "exception 1:message 2:type",
    };

    private static final Map<String, Map<Integer, Field>> BY_STRUCT = new HashMap<>();

    static {
        for (String line : STRUCTS) {
            String[] words = line.split(" ", -1);
            Map<Integer, Field> fields = new HashMap<>();
            for (int i = 1; i < words.length; i++) {
                int colon = words[i].indexOf(':');
                fields.put(Integer.valueOf(words[i].substring(0, colon)), field(words[i].substring(colon + 1)));
            }
            BY_STRUCT.put(words[0], fields);
        }
    }

    private WireNames() {}

    private static Field field(String text) {
        int arrow = text.indexOf('>');
        if (arrow >= 0) {
            return new Field(text.substring(0, arrow), Show.PLAIN, text.substring(arrow + 1));
        }
        Show show = switch (text.charAt(text.length() - 1)) {
            case '!' -> Show.SECRET;
            case '$' -> Show.SQL;
            case '#' -> Show.BLOCKS;
            default -> Show.PLAIN;
        };
        return new Field(show == Show.PLAIN ? text : text.substring(0, text.length() - 1), show, null);
    }

    /** What we know of a field; of an unknown one its number. */
    static Field of(@Nullable String struct, int id) {
        Map<Integer, Field> fields = struct == null ? null : BY_STRUCT.get(struct);
        Field field = fields == null ? null : fields.get(id);
        return field != null ? field : new Field("field " + id, Show.PLAIN, null);
    }
}
