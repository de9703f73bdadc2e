"""The months and seasons as bibliographies name them."""

_ENGLISH = """
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    spring summer autumn fall winter easter michaelmas hilary trinity lent
    """

# Periodicals name their month in their own language.
_OTHERS = """
    januar jänner februar märz mai juni juli oktober dezember
    frühjahr frühling sommer herbst winter
    janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre
    décembre decembre printemps été automne hiver
    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
    primavera estate autunno inverno
    enero febrero abril mayo junio julio septiembre setiembre octubre noviembre diciembre
    verano otoño invierno
    janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
    verão outono
    januari februari maart mei augustus lente zomer herfst
    styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad
    grudzień
    январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря
    весна лето осень зима
    """

MONTHS = frozenset((_ENGLISH + _OTHERS).split())
