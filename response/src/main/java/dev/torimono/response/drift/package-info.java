/** Whether an execution is drift. Pure; where a file comes from is the sensor's to say. */
package dev.torimono.response.drift;
