# Reads TMX with XML::TMX and prints what it sees, one value a line; writes a file of its own.
use strict;
use warnings;
use utf8;
use XML::TMX::Reader;
use XML::TMX::Writer;

binmode STDOUT, ':utf8';
my ($given, $own) = @ARGV;
XML::TMX::Reader->new($given)->for_tu(sub {
    my $unit = shift;
    print join("\n", @{$unit->{-note} // []}, $unit->{-prop}{'x-state'}[0]), "\n";
    print "$_: $unit->{$_}{-seg}\n" for grep { !/^-/ } sort keys %$unit;
});

my $writer = XML::TMX::Writer->new;
$writer->start_tmx(id => 'test', -output => $own, srclang => 'en');
$writer->add_tu(en => 'Fish & <chips>', de => 'Fisch „und“ Fritten', -note => ['a note']);
$writer->add_tu(
    -verbatim => 1,
    en => 'A <bpt i="1" x="1">&lt;b&gt;</bpt>red<ept i="1">&lt;/b&gt;</ept> house',
    de => 'Ein <bpt i="1" x="1">&lt;b&gt;</bpt>rotes<ept i="1">&lt;/b&gt;</ept> Haus',
);
$writer->end_tmx;
