#!/usr/bin/perl
# SPDX-License-Identifier: Apache-2.0
# Copyright The Torimono Authors
#
# Reads test reports (XML) and prints skips by reason, failures by name, those that passed only when they were
# run again, and the closing line.
# EXTRA_FAILED counts failed steps that no report tells of (formatting, a build that broke).
use strict;
use warnings;

my ($run, $failed, $skipped) = (0, 0, 0);
my (%reasons, @failures, @flaky);

sub plain {
    my ($text) = @_;
    $text =~ s/&#10;/ /g;
    $text =~ s/&quot;/"/g;
    $text =~ s/&apos;/'/g;
    $text =~ s/&lt;/</g;
    $text =~ s/&gt;/>/g;
    $text =~ s/&amp;/&/g;
    return $text;
}

for my $file (@ARGV) {
    open(my $in, '<', $file) or die "$file: $!\n";
    local $/;
    my $xml = <$in>;
    close($in);
    while ($xml =~ m{<testcase\s([^>]*?)(/>|>(.*?)</testcase>)}gs) {
        my ($attributes, $body) = ($1, $3 // '');
        $run++;
        my ($name) = $attributes =~ /\bname="([^"]*)"/;
        my ($class) = $attributes =~ /\bclassname="([^"]*)"/;
        if ($body =~ /<skipped\b([^>]*)>/) {
            my $said = $1;
            $skipped++;
            # An assumption's reason stands in its own attribute, or as the first line of what was thrown.
            my ($reason) = $said =~ /\bmessage="([^"]*)"/;
            ($reason) = $body =~ /<skipped\b[^>]*><!\[CDATA\[\S+: (?:Assumption failed: )?([^\n\]]+)/ unless defined $reason;
            $reasons{plain($reason // 'no reason given')}++;
        } elsif ($body =~ /<(?:failure|error)\b/) {
            $failed++;
            push @failures, plain(($class // '?') . '.' . ($name // '?'));
        } elsif ($body =~ /<flaky(?:Failure|Error)\b(?:[^>]*?\bmessage="([^"]*)")?/) {
            my ($why) = split /\n/, plain($1 // 'no message');
            push @flaky, plain(($class // '?') . '.' . ($name // '?')) . ": $why";
        }
    }
}

my $extra = $ENV{EXTRA_FAILED} // 0;
my $passed = $run - $failed - $skipped;
if (%reasons) {
    print "skipped, by reason:\n";
    printf "  %5d  %s\n", $reasons{$_}, $_ for sort { $reasons{$b} <=> $reasons{$a} || $a cmp $b } keys %reasons;
}
if (@flaky) {
    print "failed once, passed when run again (each is a fault to be mended):\n";
    print "  $_\n" for sort @flaky;
}
if (@failures) {
    print "failed:\n";
    print "  $_\n" for sort @failures;
}
# A build that broke counts once more only when no test tells of it.
$failed += $extra if $extra && !$failed;
print "$passed passed, $failed failed, $skipped skipped\n";
exit($failed ? 1 : 0);
