import { expect, test } from 'vitest';
import {
	backOff,
	endTiming,
	forgetTiming,
	MAX_RTO,
	measure,
	MIN_RTO,
	Rto,
	startTiming
} from '#lib/tcp/rto.ts';
import { MS, SECOND } from './pair.ts';

test('before any measurement it is the configured one (RFC 6298 §2.1)', () => {
	expect(new Rto(700 * MS)).toMatchObject({ srtt: null, rttvar: 0, value: 700 * MS, timing: null });
});

test('the first measurement: SRTT = R, RTTVAR = R/2, RTO = SRTT + 4 RTTVAR (§2.2)', () => {
	const rto = new Rto(SECOND);
	measure(rto, 600 * MS);
	expect(rto).toMatchObject({ srtt: 600 * MS, rttvar: 300 * MS, value: 1800 * MS });
});

test('the next: RTTVAR first, with the old SRTT; weights 1/4 and 1/8 (§2.3)', () => {
	const rto = new Rto(SECOND);
	measure(rto, 600 * MS);
	measure(rto, 1000 * MS);
	expect(rto).toMatchObject({ srtt: 650 * MS, rttvar: 325 * MS, value: 1950 * MS });
	measure(rto, 250 * MS);
	expect(rto).toMatchObject({ srtt: 600 * MS, rttvar: 343.75 * MS, value: 1975 * MS });
});

test('rounded up to one second (§2.4), and never over sixty (§2.5)', () => {
	const rto = new Rto(3 * SECOND);
	measure(rto, 40 * MS);
	expect(rto.value).toBe(MIN_RTO);
	measure(rto, 500 * SECOND);
	expect(rto.value).toBe(MAX_RTO);
});

test('a host may round up to less (§2.4 is a SHOULD)', () => {
	const rto = new Rto(SECOND, 200 * MS);
	measure(rto, 40 * MS);
	expect(rto.value).toBe(200 * MS);
	backOff(rto);
	expect(rto.value).toBe(400 * MS);
	measure(rto, 400 * MS);
	expect(rto.value).toBe(505 * MS);
});

test('a whole number of microseconds', () => {
	const rto = new Rto(SECOND);
	for (const trip of [1_000_001, 1_000_002, 999_999, 1_234_567, 7]) {
		measure(rto, trip);
		expect(Number.isInteger(rto.value)).toBe(true);
	}
});

test('backing off doubles up to the ceiling, and a measurement ends it', () => {
	const rto = new Rto(SECOND);
	const values = Array.from({ length: 8 }, () => {
		backOff(rto);
		return rto.value / SECOND;
	});
	expect(values).toEqual([2, 4, 8, 16, 32, 60, 60, 60]);
	measure(rto, 300 * MS);
	expect(rto.value).toBe(SECOND);
});

test('one segment is timed at a time, and only an ACK of all of it ends that', () => {
	const rto = new Rto(SECOND);
	startTiming(rto, 2000, 0);
	startTiming(rto, 3000, 100 * MS);
	endTiming(rto, 1999, 200 * MS);
	expect(rto.srtt).toBeNull();
	endTiming(rto, 2500, 400 * MS);
	expect(rto.srtt).toBe(400 * MS);
	endTiming(rto, 3000, 900 * MS);
	expect(rto.srtt).toBe(400 * MS);
});

test('timing goes across the wrap of sequence numbers', () => {
	const rto = new Rto(SECOND);
	startTiming(rto, 10, 0);
	endTiming(rto, 0xffff_fff0, 5);
	expect(rto.srtt).toBeNull();
	endTiming(rto, 10, 7 * MS);
	expect(rto.srtt).toBe(7 * MS);
});

test('after a repeat nothing is measured (§3)', () => {
	const rto = new Rto(SECOND);
	startTiming(rto, 2000, 0);
	forgetTiming(rto, 0);
	endTiming(rto, 2000, 300 * MS);
	expect(rto.srtt).toBeNull();
});
