package io.weir.sample.telemetry;

/**
 * What one machine says at one moment.
 *
 * @param time milliseconds since 1970
 * @param temperature in °C
 * @param vibration in mm/s
 * @param power in kW
 * @param state one of {@link Plant.State}, in lower case
 */
record Reading(long time, String machine, double temperature, double vibration, double power, String state) {}
