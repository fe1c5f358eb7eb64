"""Codes of withholding tax and of professional welfare funds."""

from __future__ import annotations

from gse_billing.fatturapa.codelists._code import FROM_OCTOBER_2020, UNTIL_2020, Code

__all__ = ["CausalePagamento", "Ritenuta", "TipoCassa", "TipoRitenuta"]


class Ritenuta(Code):
    """The line or the fund contribution bears withholding tax (2.2.1.13, 2.1.1.7.6): the element is there or not."""

    SI = "SI", "soggetta a ritenuta", "bears withholding tax"


class TipoRitenuta(Code):
    """Kind of withholding (2.1.1.5.1)."""

    RT01 = "RT01", "ritenuta d'acconto, persone fisiche", "withholding tax, natural persons"
    RT02 = "RT02", "ritenuta d'acconto, persone giuridiche", "withholding tax, legal persons"
    RT03 = "RT03", "contributo INPS", "INPS contribution", FROM_OCTOBER_2020
    RT04 = "RT04", "contributo ENASARCO", "ENASARCO contribution", FROM_OCTOBER_2020
    RT05 = "RT05", "contributo ENPAM", "ENPAM contribution", FROM_OCTOBER_2020
    RT06 = "RT06", "altro contributo previdenziale", "other welfare contribution", FROM_OCTOBER_2020


class CausalePagamento(Code):
    """Reason of the payment subject to withholding (2.1.1.5.4): the letters of the Certificazione Unica."""

    A = "A", "lavoro autonomo abituale", "self-employment carried on habitually"
    B = "B", "opere dell'ingegno, da autore o inventore", "intellectual works, by author or inventor"
    C = "C", "associazione in partecipazione con apporto di solo lavoro", "profit sharing for work alone"
    D = "D", "utili dei soci promotori o fondatori", "profits of promoters or founders"
    E = "E", "levata di protesti dei segretari comunali", "protests of bills drawn up by municipal secretaries"
    G = "G", "fine di attività sportiva professionale", "end of a professional sports career"
    H = "H", "fine del rapporto di agenzia", "end of an agency contract"
    I = "I", "cessazione da funzioni notarili", "end of a notary's office"  # noqa: E741 - the code of the standard
    L = "L", "opere dell'ingegno, aventi causa a titolo gratuito", "intellectual works, heirs and donees"
    M = "M", "lavoro autonomo occasionale", "occasional self-employment"
    N = "N", "attività sportive dilettantistiche e simili", "amateur sports and the like"
    O = "O", "lavoro occasionale senza gestione separata", "occasional work outside the separate INPS fund"  # noqa: E741
    P = "P", "uso di attrezzature, percettori non residenti", "use of equipment, paid to non-residents"
    Q = "Q", "provvigioni, agente monomandatario", "commission, agent of one principal"
    R = "R", "provvigioni, agente plurimandatario", "commission, agent of several principals"
    S = "S", "provvigioni, commissionario", "commission, commission merchant"
    T = "T", "provvigioni, mediatore", "commission, broker"
    U = "U", "provvigioni, procacciatore d'affari", "commission, business finder"
    V = "V", "provvigioni, vendite a domicilio", "commission, door-to-door sales"
    W = "W", "appalti dei condomìni (art. 25-ter DPR 600/73)", "works for condominiums (art. 25-ter DPR 600/73)"
    X = "X", "canoni 2004 tra società UE (art. 26-quater DPR 600/73)", "royalties of 2004 between EU companies"
    Y = "Y", "canoni 2005 tra società UE (art. 26-quater DPR 600/73)", "royalties of 2005 between EU companies"
    Z = "Z", "altro titolo", "other reason", UNTIL_2020
    L1 = "L1", "opere dell'ingegno, diritti acquistati", "intellectual works, purchased rights"
    M1 = "M1", "obblighi di fare, non fare, permettere", "undertakings to do, not to do or to allow"
    M2 = "M2", "lavoro occasionale con gestione ENPAPI", "occasional work with the ENPAPI fund", FROM_OCTOBER_2020
    O1 = "O1", "obblighi di fare senza gestione separata", "undertakings outside the separate INPS fund"
    V1 = "V1", "attività commerciali occasionali", "occasional trade"
    ZO = "ZO", "altro titolo", "other reason", FROM_OCTOBER_2020


class TipoCassa(Code):
    """Welfare fund of a profession (2.1.1.7.1)."""

    TC01 = "TC01", "avvocati e procuratori legali", "lawyers"
    TC02 = "TC02", "dottori commercialisti", "chartered accountants"
    TC03 = "TC03", "geometri", "surveyors"
    TC04 = "TC04", "ingegneri e architetti liberi professionisti", "engineers and architects"
    TC05 = "TC05", "notariato", "notaries"
    TC06 = "TC06", "ragionieri e periti commerciali", "accountants"
    TC07 = "TC07", "agenti e rappresentanti di commercio (ENASARCO)", "commercial agents (ENASARCO)"
    TC08 = "TC08", "consulenti del lavoro (ENPACL)", "labour consultants (ENPACL)"
    TC09 = "TC09", "medici (ENPAM)", "physicians (ENPAM)"
    TC10 = "TC10", "farmacisti (ENPAF)", "pharmacists (ENPAF)"
    TC11 = "TC11", "veterinari (ENPAV)", "veterinary surgeons (ENPAV)"
    TC12 = "TC12", "impiegati dell'agricoltura (ENPAIA)", "agricultural employees (ENPAIA)"
    TC13 = "TC13", "imprese di spedizione e agenzie marittime", "forwarders and shipping agencies"
    TC14 = "TC14", "giornalisti (INPGI)", "journalists (INPGI)"
    TC15 = "TC15", "orfani dei sanitari (ONAOSI)", "orphans of medical staff (ONAOSI)"
    TC16 = "TC16", "assistenza integrativa dei giornalisti (CASAGIT)", "health fund of journalists (CASAGIT)"
    TC17 = "TC17", "periti industriali (EPPI)", "industrial technicians (EPPI)"
    TC18 = "TC18", "ente pluricategoriale (EPAP)", "fund of several professions (EPAP)"
    TC19 = "TC19", "biologi (ENPAB)", "biologists (ENPAB)"
    TC20 = "TC20", "infermieri (ENPAPI)", "nurses (ENPAPI)"
    TC21 = "TC21", "psicologi (ENPAP)", "psychologists (ENPAP)"
    TC22 = "TC22", "INPS", "INPS"
